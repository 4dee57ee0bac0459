/* What a citizen is told, in eight languages, with the installation's own words put in (domain.md 2.6; GDPR art. 13). */
import texts from '../../../app/catalogue/information.json'
import type { InformationGiven } from '../generated/records'
import type { Scope } from './consent'

export type Language = InformationGiven['language']
/* The adviser's phone, and what the installation calls things; left out = the text's own default. */
export interface Settings { phone: string; controller?: string; dpo?: string; basis?: string; jobcenter?: string }

export interface Information {
  language: Language; name: string; dir: 'ltr' | 'rtl'
  reviewed: boolean                     // a translator has read it; if not, say so to the adviser
  title: string; choose: string
  sections: { key: string; heading: string; text: string[] }[]
  scopes: Record<Scope, string>
  heard: { question: string; anonymous: string; answers: Record<'1' | '2' | '3' | '4' | '5', string> }
  card: { withdraw: string; keep: string }
}

/* Goes into `text_version` of information_given and consent_event. */
export const TEXT_VERSION = texts.version
export const LANGUAGES = Object.entries(texts.languages).map(([code, { name, dir }]) => ({ code: code as Language, name, dir: dir as 'ltr' | 'rtl' }))

export function information(language: Language, settings: Settings): Information {
  const { defaults, ...said } = texts.languages[language]
  const words: Record<string, string> = { ...defaults, ...Object.fromEntries(Object.entries(settings).filter(([, word]) => word)) }
  const put = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '')
  const through = (node: unknown): unknown => typeof node === 'string' ? put(node) : Array.isArray(node) ? node.map(through)
    : node && typeof node === 'object' ? Object.fromEntries(Object.entries(node).map(([key, value]) => [key, through(value)])) : node
  return { language, ...(through(said) as Omit<Information, 'language'>) }
}
