/** Whether asking again later may help: faults of the server, timeouts, too early, too many requests. */
export const isPassing = (status: number): boolean =>
  status >= 500 || status === 408 || status === 425 || status === 429;
