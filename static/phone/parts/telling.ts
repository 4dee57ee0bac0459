/* The words that the installation puts into what a citizen is told: the adviser's phone number, the name of the jobcentre today. */
import { information, type Information, type Language } from '../rules/information'
import { holds } from '../rules/terms'
import { today } from './calendar'
import { rows, watched } from './present'
import { phoneWords } from './words'

const KEY = 'own_phone'
export const ownPhone = (): string => watched().setting<string>(KEY) ?? ''
export const keepOwnPhone = (typed: string): void => { void watched().putSetting(KEY, phoneWords(typed)).catch(() => {}) }
export const isPhone = (typed: string): boolean => /^(?:45)?\d{8}$/.test(typed.replace(/\D/g, ''))

export function told(language: Language): Information {
  const term = rows('project')[0]?.data.terms?.find((entry) => entry['key'] === 'jobcenter' && holds(entry, today()))
  return information(language, { phone: ownPhone() || '__ __ __ __', ...(language === 'da' && term?.['label'] ? { jobcenter: term['label'] } : {}) })
}
