/* What of ours is weighed: the notebook, its keys at work, and the line. */
import { DataKey } from '../../../static/phone/keys/datakey'
import * as line from '../../../static/phone/line'
import * as notebook from '../../../static/phone/notebook'

Object.assign(window, { weighed: [DataKey, line, notebook] })
