/* Help that lies on the phone: short answers to what is asked in a doorway. */
import { Screen } from '../parts/frame'
import { rows, user } from '../parts/present'
import { phoneLink, phoneWords } from '../parts/words'

export const ANSWERS: readonly (readonly [string, string])[] = [
  ['Log et besøg', 'Tryk Ankommet i døren. Når du er ude igen: Log besøg, og Gem. Alt er udfyldt på forhånd. Ret kun det, der er anderledes.'],
  ['Lukket eller ingen tid', 'Stryg kortet til venstre, hold fingeren på det, eller tryk Lukket. Vælg så Lukket eller Ingen tid. Der foreslås en ny dag.'],
  ['Del foldere ud', 'Åbn praksis, og tryk Folder +10. Tasken må gerne gå i minus: koordinatoren tæller op.'],
  ['Tilmeld til kursus', 'Tryk ＋, Tilmelding, koden og Tilmeld. Pladsen er foreløbig, til telefonen har haft net. Blev holdet fuldt, står der på I dag, hvilket nummer borgeren har på ventelisten.'],
  ['Fremmøde', 'Alle står som mødt. Tryk på den, der ikke kom, og Gem. Tryk igen for Afbud og Kom senere. Det kan rettes bagefter.'],
  ['Taske', 'Under Mere: Taske og lager. Fyld tasken, giv retur eller tæl op. Tæller du nul, skrives resten som kasseret.'],
  ['Tid', 'Under Mere: Tid. Dagens besøg, samtaler og cykling står som forslag. Gem tiden, eller ret med 15 minutter ad gangen. Måneden kan kopieres på én linje.'],
  ['Opfølgning', 'Under Mere: Opfølgning står de borgere, der må ringes til nu. Nummeret hentes over nettet og bliver ikke på telefonen.'],
  ['Uden net', 'Alt virker uden net. Det, du gemmer, ligger på telefonen og sendes, når appen er åben og har net. På iPhone skal du selv åbne appen.'],
  ['Hvornår er det sikkert?', '»Gemt på telefonen« står der først, når det ligger på telefonen. På Status står kvitteringen fra serveren for hver registrering.'],
  ['Fortryd og ret', 'I ti sekunder kan du trykke Fortryd. Senere: tryk på besøget under Logget i dag eller på praksis, og ret det.'],
  ['Skal rettes', 'Serveren har fundet en fejl. Åbn Status, og tryk Ret og send igen. Så står du ved feltet.'],
  ['Skal afklares', 'To har skrevet forskelligt om det samme. Begge dele er gemt. Vælg på Status, hvad der skal stå.'],
  ['Noter', 'Skriv kun om praksis, aldrig om en borger. CPR-numre bruges ikke her, og appen gemmer dem ikke.'],
  ['Akut fare', 'Er nogen i fare nu, så ring 112. Akuttelefonen i Region Hovedstaden er 1813. Der skal ikke skrives noget i appen.'],
  ['Bekymret for et barn', 'Du har skærpet underretningspligt. Ring til kommunen med det samme; nummeret står øverst her, når koordinatoren har skrevet det i Opsætning. Skriv ikke noget om det i appen.'],
  ['Låst telefon', 'Telefonen låser efter tre minutter i ro, og når appen har været væk et halvt minut. Skriv din adgangssætning for at låse op. Det virker uden net, og det, du var i gang med, står der igen. Under Mere kan du slå en passkey til, hvis telefonen kan: så låser du op med finger, ansigt eller telefonens kode. Har du fået en ny adgangssætning, så log ind med net én gang.'],
  ['Telefonen kan ikke sende', 'Det ligger sikkert på telefonen, også i dagevis. Kan det ikke vente, så lav en redningspakke på Status eller på den låste skærm: en fil, som kun serveren kan åbne. Giv den til koordinatoren. Sender telefonen det selv senere, tæller det kun én gang.'],
  ['Mistet telefon', 'Ring til koordinatoren med det samme. Telefonen kan spærres fra kontoret.'],
]

export function Help() {
  const child = user.value ? rows('project')[0]?.data.concern_phone : undefined
  return <Screen title="Hjælp" back={{ to: 'mere', label: 'Mere' }}>
    <p class="pair"><a class="button button-secondary" href="tel:112">Ring 112</a><a class="button button-secondary" href="tel:1813">Ring 1813</a></p>
    {child && <a class="button button-secondary wide" href={phoneLink(child)}>Bekymret for et barn: ring {phoneWords(child)}</a>}
    {ANSWERS.map(([question, answer]) => <details class="more" key={question}><summary>{question}</summary><p>{answer}</p></details>)}
  </Screen>
}
