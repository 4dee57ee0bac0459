/* What can be handed out now: each material's newest valid batch in each language, and what lies in the user's own bag. */
import type { Material, MaterialBatch } from '../generated/records'
import { stock } from '../rules/stock'
import { today } from './calendar'
import { row, rows, type Shown, user } from './present'
import { languageWord, shortMaterial } from './words'

export interface Offer { batch_id: string; material: Material; language: MaterialBatch['language']; bag: number }
export interface Shelf { id: string; material: Material; offers: Offer[] }

const ORDER: readonly Material['type'][] = ['PATIENT_FLYER', 'CARD', 'TALK_CARD', 'GP_GUIDE', 'COURSE_PROGRAMME', 'POSTER', 'CONSENT_BLOCK', 'DISPLAY']
const rank = ({ type }: Material): number => (ORDER.includes(type) ? ORDER.indexOf(type) : ORDER.length)

export function shelves(): Shelf[] {
  const bag = stock(rows('stock_move'), 'BAG', user.value!.id)
  const batches = rows('material_batch').filter(valid)
  return rows('material')
    .map((material) => ({ id: material.id, material: material.data, offers: offersOf(material, batches, bag) }))
    .filter(({ offers }) => offers.length > 0)
    .sort((a, b) => rank(a.material) - rank(b.material))
}

type Batch = Shown<'material_batch'>
const begins = ({ data }: Batch): string => data.valid_from ?? data.printed_on ?? ''
const valid = (batch: Batch): boolean => begins(batch) <= today() && !(batch.data.retired_on && batch.data.retired_on <= today())

function offersOf({ id, data }: Shown<'material'>, batches: readonly Batch[], bag: ReadonlyMap<string, number>): Offer[] {
  const own = batches.filter((batch) => batch.data.material_id === id)
  const languages = [...new Set([...data.languages ?? [], ...own.map((batch) => batch.data.language)])]
  return languages.map((language) => {
    const newest = own.filter((batch) => batch.data.language === language).sort((a, b) => begins(b).localeCompare(begins(a)))[0]
    return newest ? { batch_id: newest.id, material: data, language, bag: bag.get(newest.id) ?? 0 } : null
  }).filter((offer) => offer !== null)
}

export const danish = (shelf: Shelf): Offer => shelf.offers.find(({ language }) => language === 'da') ?? shelf.offers[0]!

export const bagWords = (bag: number): string => bag >= 0 ? `${bag} i tasken` : `−${-bag} i tasken – lageret går ikke op`

/* "Folder" */
export function materialWord(batch_id: string): string {
  const material = row('material', row('material_batch', batch_id)?.data.material_id ?? '')?.data
  return material ? shortMaterial(material) : 'Materiale'
}

/* "Folder, dansk" */
export function batchWords(batch_id: string): string {
  const batch = row('material_batch', batch_id)?.data
  const material = batch && row('material', batch.material_id)?.data
  return batch && material ? `${shortMaterial(material)}, ${languageWord(batch.language)}` : 'Materiale'
}
