/* "Folder +10": what was handed out, one tap a line; the own bag beside it, below zero allowed and said. */
import { useState } from 'preact/hooks'
import type { MaterialBatch } from '../generated/records'
import { One } from './chips'
import { bagWords, batchWords, danish, type Offer, type Shelf, shelves } from './materials'
import type { HandoutLine } from './visiting'
import { label, shortMaterial } from './words'

const SHOWN_FIRST = 2

export function added(lines: readonly HandoutLine[], batch_id: string, quantity: number): HandoutLine[] {
  const there = lines.find((line) => line.batch_id === batch_id)
  return there ? lines.map((line) => line === there ? { batch_id, quantity: line.quantity + quantity } : line) : [...lines, { batch_id, quantity }]
}

export function Handouts({ lines, change }: { lines: readonly HandoutLine[]; change: (lines: HandoutLine[]) => void }) {
  const [all, showAll] = useState(false)
  const found = shelves()
  const shown = all ? found : found.slice(0, SHOWN_FIRST)
  return <fieldset class="form-group" id="handouts">
    <legend class="form-label">Uddeling</legend>
    {shown.map((shelf) => <ShelfRow key={shelf.id} shelf={shelf} lines={lines} add={(batch, n) => change(added(lines, batch, n))} />)}
    {!all && found.length > shown.length &&
      <button type="button" class="button button-tertiary" onClick={() => showAll(true)}>Andet materiale</button>}
    {lines.length > 0 && <ul class="lines" aria-label="Delt ud">{lines.map(({ batch_id, quantity }) => <li key={batch_id}>
      <span>{batchWords(batch_id)}: <strong>{quantity}</strong></span>
      <button type="button" class="button button-tertiary" aria-label={`Fjern ${batchWords(batch_id)}`}
        onClick={() => change(lines.filter((line) => line.batch_id !== batch_id))}>Fjern</button>
    </li>)}</ul>}
  </fieldset>
}

export function ShelfRow({ shelf, lines, add }: { shelf: Shelf; lines: readonly HandoutLine[]; add: (batch_id: string, n: number) => void }) {
  const [language, choose] = useState(danish(shelf).language)
  const offer = shelf.offers.find((other) => other.language === language) ?? shelf.offers[0]!
  const given = lines.find(({ batch_id }) => batch_id === offer.batch_id)?.quantity ?? 0
  return <div class="shelf">
    <p class="shelf-title">{shelf.material.title} <span class="quiet">· {bagWords(offer.bag - given)}</span>{given > 0 && <span class="tag tag-strong given">{given} delt ud</span>}</p>
    <div class="chips">
      {quick(offer).map((n) => <button type="button" class="chip-button" key={n} onClick={() => add(offer.batch_id, n)}>{shortMaterial(shelf.material)} +{n}</button>)}
    </div>
    {shelf.offers.length > 1 && <details class="more"><summary>Sprog: {label('language', language)}</summary>
      <One legend={`Sprog på ${shortMaterial(shelf.material).toLowerCase()}`} name={`language-${shelf.id}`} value={language}
        options={shelf.offers.map((other) => ({ value: other.language, label: label('language', other.language) }))}
        choose={(value) => choose(value as MaterialBatch['language'])} /></details>}
  </div>
}

export const quick = (offer: Offer): number[] => offer.material.quick?.length ? [...offer.material.quick].sort((a, b) => a - b) : [1, 5]
