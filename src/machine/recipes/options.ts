/** What a recipe is made for. */
export interface RecipeOptions {
  /** Public keys that may log in, one a line; empty for a placeholder. */
  readonly keys: string;
  /** How many machines, for a class. */
  readonly learners: number;
}
