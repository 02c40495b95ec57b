import { ApplicationFailure } from '@temporalio/workflow';

/**
 * Refuses an update whose input lacks one of these texts. To be called by its validator: in the handler an input of another form
 * would fail the workflow task again and again, and no deadline would be kept.
 */
export function requireTexts<T extends object>(input: T, ...members: (keyof T)[]): void {
  const given: unknown = input;
  if (typeof given !== 'object' || given === null || members.some((member) => typeof input[member] !== 'string')) throw unreadable();
}

export const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((each) => typeof each === 'string');

export function unreadable(): ApplicationFailure {
  return ApplicationFailure.create({ type: 'UNREADABLE', message: 'the update cannot be read', nonRetryable: true });
}
