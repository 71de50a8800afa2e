package io.deformux.schemas;

/**
 * Why a fold has failed for good.
 *
 * @param fold which fold, counted from 0
 * @param code the stable code
 * @param message what to do about it, for a person; free of patient data
 */
public record FoldFailure(int fold, String code, String message) {}
