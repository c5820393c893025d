/** Who is asked into a call. */

/** Whether the engine asked by itself, for the interpreter that the call was taken without. */
export function isInterpreterJoin(joinId: string): boolean {
  return joinId.endsWith(':interpreter')
}
