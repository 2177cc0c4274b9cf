/** The files of docs/ that are made from the code, wholly or in a part. */
import { renderImportPicture } from './importPicture';
import { renderReference } from './reference';

export interface Written {
  /** From the project's folder. */
  readonly file: string;
  /** The file's text as it should be, given what it is. */
  readonly render: (text: string) => Promise<string>;
}

export const written: readonly Written[] = [
  { file: 'docs/reference.md', render: renderReference },
  { file: 'docs/architecture.md', render: renderImportPicture },
];
