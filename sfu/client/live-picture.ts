/**
 * The element that plays one of the others. It plays from the moment their track is here, before anybody looks: a picture
 * that comes while a new element still gets ready is never drawn, and the next is a fifth of a second behind it.
 */
const idle = new WeakMap<MediaStream, HTMLVideoElement>()

function newElement(stream: MediaStream): HTMLVideoElement {
  const element = document.createElement('video')
  element.autoplay = true
  element.playsInline = true
  element.srcObject = stream
  return element
}

/** Makes the element of `stream` ready and lets it play, unseen. */
export function warmPicture(stream: MediaStream): void {
  if (idle.has(stream)) return
  const element = newElement(stream)
  idle.set(stream, element)
  // Whoever shows it tries again, and says where the browser wants a press first.
  element.play().catch(() => undefined)
}

/** The element that plays `stream`, for whoever shows it; it is theirs until {@link leavePicture}. */
export function takePicture(stream: MediaStream): HTMLVideoElement {
  const element = idle.get(stream) ?? newElement(stream)
  idle.delete(stream)
  return element
}

/** Gives an element back: whoever shows the same stream next has its picture without a gap. */
export function leavePicture(element: HTMLVideoElement): void {
  element.remove()
  const stream = element.srcObject
  if (stream instanceof MediaStream && stream.getTracks().length > 0 && !idle.has(stream)) idle.set(stream, element)
  else element.srcObject = null
}

/** Ends what still plays `stream` unseen: nobody comes on it any more. */
export function coolPicture(stream: MediaStream): void {
  const element = idle.get(stream)
  if (element === undefined) return
  idle.delete(stream)
  element.srcObject = null
}
