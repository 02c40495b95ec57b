/** The processes of a stack, by the names its runner gives them. */
export const STACK_PARTS = ['PostgreSQL', 'Temporal', 'simulators', 'worker', 'api'] as const;
export type StackPart = (typeof STACK_PARTS)[number];
