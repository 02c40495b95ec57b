import fc from 'fast-check';

const LAST = 0x10_ff_ff;
const SURROGATES = { first: 0xd8_00, count: 0x8_00 };

/** Any character of Unicode, as fast-check's unit `binary` is, which first lists all million of them. */
const character = fc.integer({ min: 0, max: LAST - SURROGATES.count }).map(
  (number) => String.fromCodePoint(number < SURROGATES.first ? number : number + SURROGATES.count),
  (text) => {
    const [first, ...rest] = Array.from(text as string, (one) => one.codePointAt(0) ?? 0);
    const isSurrogate = first !== undefined && first >= SURROGATES.first && first < SURROGATES.first + SURROGATES.count;
    if (first === undefined || rest.length > 0 || isSurrogate) throw new TypeError('not one character');
    return first < SURROGATES.first ? first : first - SURROGATES.count;
  },
);

/** Any text at all, the words that are dangerous in JavaScript among them. */
export function anyText(limits: { maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ unit: character, ...limits });
}
