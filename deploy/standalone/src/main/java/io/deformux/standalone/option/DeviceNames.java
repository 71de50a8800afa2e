package io.deformux.standalone.option;

import io.deformux.network.DeviceChoice;
import io.deformux.network.Devices;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The names of devices on the command line, checked where they are read. */
public final class DeviceNames implements ITypeConverter<String> {
    @Override
    public String convert(String name) {
        if (name.equals(DeviceChoice.AUTO)) {
            return name;
        }
        try {
            return Devices.name(Devices.parse(name));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
