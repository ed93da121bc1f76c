/* eslint-disable */
// Generated from schemas/ by `npm run generate`; do not edit.
import type { Json, JsonObject } from '../../domain/json.ts';

/**
 * One page of queues, users or teams. Fields that are not named here are ignored.
 */
export interface WireDependencyPage {
  readonly entities: readonly WireDependency[];
  /**
   * Pages there are; absent: known only at the end.
   */
  readonly pageCount?: number | null;
  /**
   * Entities over all pages.
   */
  readonly total?: number | null;
}
export interface WireDependency {
  readonly id?: string | null;
  /**
   * Absent for what has no name: it matches nothing.
   */
  readonly name?: string | null;
}
/**
 * The body of a refusal: `message` and `code` from the API, `error` and a description from a login host.
 */
export interface WireError {
  readonly message?: string | null;
  readonly code?: string | null;
  /**
   * The service's own id of the call.
   */
  readonly contextId?: string | null;
  /**
   * Searched for the name of a missing permission.
   */
  readonly details?: Json;
  /**
   * Searched for the name of a missing permission.
   */
  readonly errors?: Json;
  readonly error?: string | null;
  readonly description?: string | null;
  readonly error_description?: string | null;
}
/**
 * One flow as the service tells it, alone or in a list. Fields that are not named here are ignored.
 */
export interface WireFlow {
  readonly id: string;
  readonly name: string;
  /**
   * Counted up by every accepted write; at most what version + 1 can still be told apart from.
   */
  readonly version: number;
  /**
   * By block. Absent or null in a list: not told.
   */
  readonly settings?: JsonObject | null;
  /**
   * Taken where it is a text.
   */
  readonly modifiedDate?: Json;
  /**
   * Taken where it is an object with texts `id` and `name`.
   */
  readonly modifiedBy?: Json;
}
/**
 * One page of the list of flows. Fields that are not named here are ignored.
 */
export interface WireFlowPage {
  /**
   * Any number, none included; few are no sign of the end.
   */
  readonly entities: readonly WireFlow[];
  /**
   * Names the next page; absent, null or empty: this is the last.
   */
  readonly continuationToken?: string | null;
  /**
   * Flows over all pages.
   */
  readonly total?: number | null;
}
/**
 * What the token endpoint answers to client credentials. Fields that are not named here are ignored.
 */
export interface WireToken {
  /**
   * Visible ASCII only: it goes into a header.
   */
  readonly access_token: string;
  /**
   * `bearer`, in any case.
   */
  readonly token_type?: string | null;
  /**
   * Seconds from the answer on.
   */
  readonly expires_in: number;
}
