/** Largest difference between trainer and graph that parity allows: probabilities, target deviations, or scores. */
export const PARITY_TOLERANCE = 1e-5;
