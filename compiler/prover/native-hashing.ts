// Native hashing for processes that commit and do not prove: loads neither o1js nor its threads.
export { useNativePoseidon } from '../targets/kimchi/native-poseidon.ts';
