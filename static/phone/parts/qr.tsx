/* The code as a QR for the camera of the next talk: black on white in both themes, drawn here, sent nowhere. */
import encodeQR from 'qr'

export function Qr({ code }: { code: string }) {
  const dots = encodeQR(code, 'raw', { ecc: 'medium', border: 4 })
  const path = dots.flatMap((line, y) => line.map((dark, x) => dark ? `M${x} ${y}h1v1h-1z` : '')).join('')
  return <svg class="qr" viewBox={`0 0 ${dots.length} ${dots.length}`} role="img" aria-label="QR med borgerens kode" shape-rendering="crispEdges">
    <path fill="#fff" d={`M0 0h${dots.length}v${dots.length}H0z`} /><path fill="#000" d={path} /></svg>
}
