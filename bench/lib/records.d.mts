export function records(count: number, seed: number, today?: number): { id: string; kind: string; made_at: string }[]
