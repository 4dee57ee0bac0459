/* The code once more, for a new card; large enough to write from, and as QR. */
import { useEffect } from 'preact/hooks'
import { cardShown } from '../parts/cardnews'
import { Screen } from '../parts/frame'
import { OwnPhone } from '../parts/informationtext'
import { row } from '../parts/present'
import { TalkCard } from '../parts/talkcard'
import { Missing } from './missing'

export function CitizenCard({ id }: { id: string }) {
  const person = row('citizen', id)
  useEffect(() => { cardShown(id) }, [id])
  if (!person) return <Missing what="Borgeren" />
  return <Screen title="Samtalekort" back={{ to: `borger/${id}`, label: 'Borger' }}>
    <p>Skriv koden på samtalekortet. Er kortet tabt, så bed koordinatoren om en ny kode, før du skriver et nyt.</p>
    <OwnPhone />
    <TalkCard code={person.data.code} language={person.data.language ?? 'da'} />
  </Screen>
}
