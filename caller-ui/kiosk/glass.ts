/** How large the glass is: everything on it is laid out in millimetres. */

/** Lays the page out for a glass of so many pixels to a millimetre; null: as for a screen that nobody has measured. */
export function measureGlass(pxPerMm: number | null): void {
  const { style } = document.documentElement
  if (pxPerMm === null) style.removeProperty('--px-per-mm')
  else style.setProperty('--px-per-mm', `${pxPerMm}px`)
}
