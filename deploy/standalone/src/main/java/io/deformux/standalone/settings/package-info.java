/**
 * The settings of the programs that run for long (those with {@code --config}): each is one of the program's options, so
 * that key, default, unit, bounds and description stand in one place, the option's declaration. A file, the environment
 * and the command line give them, later ones over earlier ones.
 *
 * <p>The one rule of names: the option {@code --max-voxels} is {@code max-voxels} in a file and
 * {@code DEFORMUX_MAX_VOXELS} in the environment; an option that takes {@code NAME=VALUE}, as {@code --kafka}, is
 * {@code kafka.NAME} and {@code DEFORMUX_KAFKA_NAME}, with {@code _} for each dot.
 *
 * <p>{@link io.deformux.standalone.settings.Settings} is the way in, {@link io.deformux.standalone.settings.Setting} one
 * key, {@link io.deformux.standalone.settings.Layers} what file and environment give to it as picocli's defaults, and
 * {@link io.deformux.standalone.settings.Effective} what holds in the end and where it is from.
 *
 * <p>Threads: for the main thread, before the command runs. May import {@code messaging.cluster}.
 */
package io.deformux.standalone.settings;
