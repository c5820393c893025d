/**
 * The names of things are branded in the contract and plain in the core, which knows no contract. They are
 * the same strings, checked when they came in; here, and only here, they get their brands back.
 */
export const branded = <View>(view: unknown): View => view as View
