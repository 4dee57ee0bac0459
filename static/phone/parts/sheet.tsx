/* A sheet from the bottom of the screen: the browser's own dialog, so that focus, Esc and the way back are right. */
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

export function Sheet({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const name = useId()
  useEffect(() => { if (!dialog.current?.open) dialog.current?.showModal() }, [])
  return <dialog ref={dialog} class="sheet" aria-labelledby={name} onClose={close}
    onClick={(event) => { if (event.target === dialog.current) dialog.current?.close() }}>
    <div class="sheet-body">
      <h2 id={name} tabIndex={-1}>{title}</h2>
      {children}
      <button type="button" class="button button-tertiary wide" onClick={() => dialog.current?.close()}>Annullér</button>
    </div>
  </dialog>
}
