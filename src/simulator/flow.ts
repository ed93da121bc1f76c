import type { Json, JsonObject } from './json.ts';
import { COUNT, OBJECT, STRING, TEXT, UUID_TEXT, problemsOf, required } from './input.ts';
import type { Fields } from './input.ts';
import { knownBlockProblems } from './settings-shape.ts';

/** A flow to put into an org. */
export interface FlowInput {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** From 0; 1 when not given. */
  readonly version?: number;
  /** ISO date-times; the time of adding when not given. */
  readonly createdDate?: string;
  readonly modifiedDate?: string;
  readonly modifiedBy?: { readonly id?: string; readonly name: string };
  readonly settings: JsonObject;
}

/** One flow as the org has it now. */
export interface FlowState {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly modifiedDate: string;
  readonly modifiedBy: { readonly id?: string; readonly name: string };
  /** What is stored. */
  readonly settings: JsonObject;
  /** What the running system works with: the last reload's, or a hand edit's. */
  readonly inEffect: JsonObject;
  /** Stored after the last reload that is in effect had started. */
  readonly pendingReload: boolean;
}

/**
 * The store's own record. Settings are kept as JSON text: they are read far more often than
 * changed, a text in effect shares its memory with the stored one, and 100,000 flows stay small.
 */
export interface FlowRecord {
  readonly id: string;
  /** Place in the list; never reused. */
  readonly ordinal: number;
  readonly description: string | undefined;
  readonly createdDate: string;
  name: string;
  version: number;
  modifiedDate: string;
  modifiedBy: { readonly id?: string; readonly name: string };
  settings: string;
  /** When `settings` was stored. */
  storedSequence: number;
  inEffect: string;
  /** When `inEffect` was stored; not when it took effect. */
  inEffectSequence: number;
  /** All of the JSON but settings and the closing brace; empty: to be written again. */
  head: string;
}

const INPUT_FIELDS: Fields = {
  id: required(UUID_TEXT),
  name: required(TEXT),
  description: STRING,
  version: COUNT,
  createdDate: TEXT,
  modifiedDate: TEXT,
  modifiedBy: OBJECT,
  settings: required(OBJECT),
};

const MODIFIED_BY_FIELDS: Fields = { id: TEXT, name: required(TEXT) };

/** Every fault of a flow that someone wants to add. */
export function flowInputProblems(value: unknown, where: string): readonly string[] {
  const problems = problemsOf(value, INPUT_FIELDS, where);
  if (problems.length > 0) return problems;
  const { modifiedBy, settings } = value as FlowInput;
  return [
    ...(modifiedBy === undefined
      ? []
      : problemsOf(modifiedBy, MODIFIED_BY_FIELDS, `${where}.modifiedBy`)),
    ...knownBlockProblems(settings, `${where}.settings`),
  ];
}

/** The flow as the contract shows it. */
export function flowJson(flow: FlowRecord, withSettings: boolean): string {
  if (flow.head === '') flow.head = headOf(flow);
  return withSettings ? `${flow.head},"settings":${flow.settings}}` : `${flow.head}}`;
}

function headOf(flow: FlowRecord): string {
  const { id, name, description, version, createdDate, modifiedDate, modifiedBy } = flow;
  const head = { id, name, description, version, createdDate, modifiedDate, modifiedBy };
  return JSON.stringify(head).slice(0, -1);
}

export function flowState(flow: FlowRecord): FlowState {
  const { id, name, version, modifiedDate, modifiedBy } = flow;
  return {
    id,
    name,
    version,
    modifiedDate,
    modifiedBy,
    settings: settingsOf(flow.settings),
    inEffect: settingsOf(flow.inEffect),
    pendingReload: flow.storedSequence > flow.inEffectSequence,
  };
}

/** A copy that the caller may change. */
export function settingsOf(text: string): Record<string, Json> {
  return JSON.parse(text) as Record<string, Json>;
}
