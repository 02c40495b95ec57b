/** How the text of a variable is read; `config/values.ts` has one reader for each. */
export type VariableKind =
  | 'text'
  | 'number'
  | 'duration'
  | 'level'
  | 'list'
  | 'networks'
  | 'url'
  | 'link'
  | 'smtp'
  | 'postgres'
  | 'keys32'
  | 'payloadKeys'
  | 'webhookSecret'
  | 'bearer';

/** What the schema says of a variable beside its type. `default` is the text one would write. */
export interface VariableNotes {
  description: string;
  kind: VariableKind;
  default?: string;
  /** Shown in the documentation where the default depends on how the program runs. */
  defaultNote?: string;
  /** Taken instead when this variable is unset. */
  fallback?: string;
  minimum?: number;
  maximum?: number;
  /** Regular expression the whole text has to match. */
  pattern?: string;
  secret?: boolean;
  /** Part of the configuration that may be missing. */
  optional?: boolean;
  /** Needed only where this other variable is set. */
  neededBeside?: string;
}

/** A named group of variables, as the documentation shows them. */
export interface VariableGroup {
  title: string;
  variables: Record<string, VariableNotes>;
}
