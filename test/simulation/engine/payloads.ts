import { type Payload, type PayloadConverter, toPayloads } from '@temporalio/common';

/** Values as JSON, like the SDK's own converter, without the bytes of its text: what goes through it is a copy, never the thing itself. */
export const jsonConverter: PayloadConverter = {
  toPayload(value: unknown): Payload {
    return { metadata: {}, data: (value === undefined ? '' : JSON.stringify(value)) as unknown as Uint8Array };
  },
  fromPayload<T>({ data }: Payload): T {
    const text = data as unknown as string;
    return (text === '' ? undefined : JSON.parse(text)) as T;
  },
};

export function payloadsOf(values: readonly unknown[]): Payload[] {
  return toPayloads(jsonConverter, ...values) ?? [];
}
