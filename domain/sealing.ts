// What tells our sealed texts from everything else that is encrypted with the same key?

/** The part of KMS's encryption context that the right to seal is limited to: with it nothing of a store can be opened. */
export const sealingPurpose = 'sealed-text';
