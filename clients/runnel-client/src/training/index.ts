export { reduceRounds, type TrainingAction } from './reduce.ts';
export {
  type Round,
  type RoundItem,
  type RoundStatus,
  type RoundStep,
  roundOf,
} from './round.ts';
