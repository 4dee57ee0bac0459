/* Reads a QR from the camera: by the browser's own detector where it has one, else by a decoder that is fetched when it is needed. */
interface Detector { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }
interface DetectorClass { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }
type Look = (video: HTMLVideoElement) => Promise<string | null>

const EVERY_MS = 200
const WIDE = 480

async function ownDetector(): Promise<Look | null> {
  const found = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (!found || !(await found.getSupportedFormats().catch((): string[] => [])).includes('qr_code')) return null
  const detector = new found({ formats: ['qr_code'] })
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? null
}

async function decoder(): Promise<Look> {
  const { default: decode } = await import('qr/decode.js')
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!
  return async (video) => {
    pen.canvas.width = Math.min(WIDE, video.videoWidth)
    pen.canvas.height = Math.round(video.videoHeight * pen.canvas.width / video.videoWidth)
    pen.drawImage(video, 0, 0, pen.canvas.width, pen.canvas.height)
    try { return decode(pen.getImageData(0, 0, pen.canvas.width, pen.canvas.height)) } catch { return null }
  }
}

/* Shows the camera in `video` and tells of everything it reads, until stopped. Throws when there is no camera to be had. */
export async function watch(video: HTMLVideoElement, read: (text: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  video.srcObject = stream
  await video.play()
  const look = await ownDetector() ?? await decoder()
  let going = true
  const turn = async () => {
    const text = video.readyState >= 2 ? await look(video).catch(() => null) : null
    if (going && text) read(text)
    if (going) setTimeout(() => void turn(), EVERY_MS)
  }
  void turn()
  return () => { going = false; for (const track of stream.getTracks()) track.stop() }
}
