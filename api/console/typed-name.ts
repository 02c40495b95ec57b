import { Type } from 'typebox';

/** A name that a person types for something: no control characters, and something to see. */
export const typedName = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^[^\\u0000-\\u001f\\u007f]*[^\\u0000-\\u0020\\u007f\\u3000][^\\u0000-\\u001f\\u007f]*$',
  });
