export { reduceRounds, type TrainingAction } from './reduce.ts';
export {
  type Learned,
  type LearnedEdge,
  type LearnedNode,
  type Round,
  type RoundItem,
  type RoundStatus,
  type RoundStep,
  roundOf,
} from './round.ts';
