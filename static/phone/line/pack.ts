/* A request body as JSON, squeezed when that pays; phones in basements have little air. */

const WORTH_SQUEEZING = 1024

export async function packed(body: unknown, headers: Record<string, string>, gzip: boolean): Promise<{ body: BodyInit }> {
  headers['Content-Type'] = 'application/json'
  const text = new TextEncoder().encode(JSON.stringify(body))
  if (!gzip || text.length <= WORTH_SQUEEZING || typeof CompressionStream === 'undefined') return { body: text }
  headers['Content-Encoding'] = 'gzip'
  return { body: await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer() }
}
