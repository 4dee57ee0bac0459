/* What in a note points at a person without being a CPR number: said once, never in the way (domain.md 4.3). */

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/(?<![\d-])(?:\+45 ?)?\d{2} ?\d{2} ?\d{2} ?\d{2}(?![\d-])/, 'Er det et telefonnummer? Så skal det ikke stå her.'],
  [/\S+@\S+\.\S+/, 'Er det en e-mail? Så skal den ikke stå her.'],
  [/(?<!\p{L})(?:[Hh]r|[Ff]ru|[Ff]rk|[Ff]røken)\.? +\p{Lu}/u, 'Er det et navn? Skriv «borgeren».'],
  [/\p{Lu}\p{L}*(?:vej|gade|allé|stræde|plads|torv|torvet|vænget|parken|boulevard) +\d+/u, 'Er det en adresse? Så skal den ikke stå her.'],
]

/* Danish sentences, one for each thing that stands out. */
export const personHints = (text: string): string[] => HINTS.filter(([pattern]) => pattern.test(text)).map(([, words]) => words)

/* "lægen siger", "hos egen læge", "læge-": but not "lægge" or a practice's own name in the plural. */
export const namesDoctor = (text: string): boolean => /(?<!\p{L})(?:læge|lægen|lægens|doktor|doktoren)(?!\p{L})/iu.test(text)
