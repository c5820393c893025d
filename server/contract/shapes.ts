/** Shapes that the views are made of. */
import { Type } from 'typebox'

export const strict = { additionalProperties: false } as const
export const Count = Type.Integer({ minimum: 0 })
export const Name = Type.String({ minLength: 1, maxLength: 120 })
export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
