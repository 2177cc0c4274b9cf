// `status: verified` is a claim like any other: the receipt beside it has to be of the lab as it is written now.
import { expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { readReceipt } from '../../src/labs/receipt/compare';
import { labFingerprint, receiptTitle } from '../../src/labs/receipt/receipt';
import { labs, receipts } from './vaultNotes';

const verified = labs().filter(({ frontmatter }) => frontmatter.data['status'] === 'verified');

it('Every verified lab has a receipt, and every receipt is of a verified lab', () => {
  expect(verified.length).toBeGreaterThan(0);
  expect(receipts().map(({ title }) => title)).toEqual(verified.map(({ title }) => receiptTitle(title)));
});

it.each(verified)('The receipt of “$title” is of its present text', ({ title, text, frontmatter }) => {
  const receipt = receipts().find((each) => each.title === receiptTitle(title));
  // After a change of its cells: labpath verify … --write, or `status: ready` until then.
  expect(readReceipt(receipt?.text ?? '')?.fingerprint).toBe(labFingerprint(scanCells(text)));
  expect(frontmatter.data['source_of_truth']).toContain(`[[${receiptTitle(title)}]]`);
});
