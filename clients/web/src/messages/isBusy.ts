import { isOpen } from '../live/shown';
import type { Message } from '../live/types';

/** Whether a turn of these messages runs or waits. */
export const isBusy = (messages: readonly Message[]): boolean => messages.some(isOpen);
