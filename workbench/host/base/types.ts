/**
 * The public members of a class. Obsidian declares some members `protected` (View.onOpen), which makes its classes
 * nominal: no class of ours could `implement` them whole. This is as much of them as a plugin can use from outside.
 */
export type Public<T> = { [K in keyof T]: T[K] };
