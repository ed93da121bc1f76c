/** What became of a comment; `url` where the host tells. */
export type CommentResult =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly url?: string }
  | {
      readonly kind: 'failed';
      /** In words for a person; holds no credential. */
      readonly reason: string;
    };

/** The one comment that flowkeeper keeps on a pull request or merge request. */
export interface ReviewComment {
  /** Characters that the host takes. */
  readonly maxLength: number;
  /**
   * Replaces our comment that begins with `mark`, or writes it when there is none. Comments of others are left alone,
   * whatever they begin with. Never throws for what the host or the network does.
   */
  put(mark: string, text: string, signal: AbortSignal): Promise<CommentResult>;
}
