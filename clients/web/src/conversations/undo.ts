/** How long a deletion can be taken back, in milliseconds. */
export const UNDO = 8000;
