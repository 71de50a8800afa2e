package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.standalone.packaging.RandomModelFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain mistakes: each is told in one line, with the exit code of what is wrong and without a stack trace. */
class MistakesTest {
    /** A label has 63 characters at most, so that no resolver, whatever it answers, is asked for it. */
    private static final String NOWHERE = "a".repeat(64) + ".invalid";

    /** A node of which all is right. */
    private static final String NODE =
            "dicom-node --bootstrap-servers localhost:1 --incoming F/incoming --rules F/rules.json";

    @TempDir
    private static Path folder;

    private static ServerSocket taken;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void makeFiles() throws IOException {
        RandomModelFixture.tiny(folder.resolve("model"));
        Files.writeString(folder.resolve("file"), "no folder, no scan, no labels");
        Files.writeString(folder.resolve("scan.nii"), "no scan");
        Files.createDirectories(folder.resolve("dataset"));
        Files.writeString(
                folder.resolve("rules.json"), "{\"rules\": [{\"model\": \"a\", \"output\": \"file:///a/\"}]}");
        Files.writeString(
                folder.resolve("peers.json"),
                "{\"peers\": [{\"aeTitle\": \"PACS\", \"host\": \"127.0.0.1\", \"tls\": \"yes\"}]}");
        taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    @AfterAll
    static void freeThePort() throws IOException {
        taken.close();
    }

    private static String named(String word) {
        return word.replace("F/", folder + "/")
                .replace("TAKEN", Integer.toString(taken.getLocalPort()))
                .replace("NOWHERE", NOWHERE);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                segmnt --input F/scan.nii | 2 | segment
                segment --input F/scan.nii --model F/model | 2 | --output
                segment --input F/scan.nii --model F/model --output F/out --device gpu0 | 2 | --device
                segment --input F/scan.nii --model F/model --output F/out --classes none-such | 4 | CLASS_UNKNOWN
                segment --input F/scan.nii --model F/model --output F/out --probability-grid odd | 2 | --probability-grid
                segment --input F/scan.nii --model F/model --output F/out --radiomics-bins width:0 | 2 | --radiomics-bins
                segment --input F/scan.nii --model F/model --output F/out --probability-type uint16 | 2 | --probability-type needs probabilities
                segment --input F/scan.nii --model F/model --output F/out --outputs mesh --radiomics all | 2 | --radiomics needs measurements
                segment --input F/scan.nii --model F/model --output F/out --radiomics-bins count:8 | 2 | --radiomics-bins needs radiomics
                segment --input F/scan.nii --model F/model --output F/out --dicom-seg-kind labelmap | 2 | --dicom-seg-kind needs a DICOM series
                segment --input F/scan.nii --model F/model --output F/out --outputs dicom-rtstruct | 2 | --outputs needs a DICOM series
                segment --input F/scan.nii --model F/model --output F/file | 4 | is no folder
                segment --input F/scan.nii --model F/model --output F/file/below | 4 | F/file/below
                segment --input F/scan.nii --model F/none --output F/out | 4 | MODEL
                segment --input F/none.nii --model F/model --output F/out | 4 | INPUT_NOT_FOUND
                segment --input F/scan.nii --model F/model --output F/out | 4 | INPUT_FORMAT_UNKNOWN
                train --dataset F/none --folds 2 --output F/out | 4 | INPUT_NOT_FOUND
                train --dataset F/dataset --folds 2 --output F/file | 4 | Not a directory
                train --dataset F/dataset --folds two --output F/out | 2 | --folds
                watch | 2 | --bootstrap-servers
                watch --bootstrap-servers localhost | 2 | HOST:PORT
                watch --bootstrap-servers localhost: | 2 | HOST:PORT
                watch --bootstrap-servers localhost:1,second | 2 | second
                watch --bootstrap-servers localhost:1 --count many | 2 | --count
                watch --bootstrap-servers localhost:1 --kafka-properties F/none | 4 | NoSuchFile
                watch --bootstrap-servers localhost:1 --kafka security.protocol=TLS | 4 | security.protocol
                results-page --bootstrap-servers localhost:1 --page-address 0.0.0.0 | 2 | --page-token
                results-page --bootstrap-servers localhost:1 --page-user-header U --page-proxies proxy | 2 | --page-proxies
                evaluate | 2 | --predictions
                evaluate --predictions F/none --labels F/none | 4 | none
                evaluate --predictions F/file --labels F/file | 4 | file
                segment --input F/scan.nii --model F/model --output F/out --device cuda:0 | 2 | there is no cuda:0
                segment --input F/scan.nii --model F/model --output F/out --scratch F/file | 4 | SCRATCH_UNAVAILABLE
                send | 2 | Missing required subcommand
                send scan --bootstrap-servers localhost:1 --model amos --output F/out | 2 | --input
                send scan --bootstrap-servers localhost:1 --input F/none.nii --model amos --output F/out | 4 | INPUT_NOT_FOUND
                send scan --bootstrap-servers localhost:1 --input s3://scans/ct --model amos --output F/out | 2 | --kind
                send scan --bootstrap-servers localhost:1 --input F/scan.nii --model amos --output F/out --add-outputs masks | 2 | --add-outputs
                send scan --bootstrap-servers localhost:1 --input F/scan.nii --model .. --output F/out | 2 | /model/name
                replay --bootstrap-servers localhost:1 --model amos | 2 | --model-version
                replay --bootstrap-servers localhost:1 --model amos --model-version 2 --since yesterday | 2 | --since
                replay --bootstrap-servers localhost:1 --model amos --model-version 2 --dicom-output F/d --no-dicom-output | 2 | --no-dicom-output
                route --rules F/rules.json | 2 | --input
                route --rules F/none --input F/dataset | 2 | --rules
                route --rules F/file --input F/dataset | 2 | line 1 is not JSON
                pacs-bridge --bootstrap-servers localhost:1 --rules F/rules.json | 2 | --orthanc
                pacs-bridge --bootstrap-servers localhost:1 --rules F/rules.json --orthanc archive | 2 | Orthanc's address is
                pacs-bridge --bootstrap-servers localhost:1 --rules F/none --orthanc http://localhost:1 | 2 | --rules
                pacs-bridge --bootstrap-servers localhost:1 --rules F/rules.json --orthanc http://localhost:1 --from yesterday | 2 | --from
                dicom-node --bootstrap-servers localhost:1 --rules F/rules.json | 2 | --incoming
                dicom-node --bootstrap-servers localhost:1 --rules F/rules.json --incoming F/incoming --ae-title A\\B | 2 | --ae-title
                dicom-node --bootstrap-servers localhost:1 --rules F/rules.json --incoming F/incoming --peers F/file | 2 | --peers
                dicom-node --bootstrap-servers localhost:1 --rules F/rules.json --incoming F/incoming --management-port TAKEN | 2 | --management-port TAKEN
                results-page --bootstrap-servers localhost:1 --no-create-topics --page-port TAKEN --allow-output F/out | 2 | --page-port TAKEN
                up --models F/models | 2 | --allow-input
                up --models F/models --allow-input F/in --allow-output F/out --port TAKEN | 2 | --port: TAKEN is taken
                up --models F/models --allow-input F/in --allow-output F/out --page-port TAKEN | 2 | --page-port: TAKEN is taken
                model init --preset none --output F/made | 2 | --preset
                model show F/none | 4 | MODEL
                dicom-node --bootstrap-servers localhost:1 --incoming F/incoming --rules F/none | 2 | --rules
                NODE --port TAKEN --dicom-address 127.0.0.1 | 2 | --port TAKEN cannot be had
                NODE --dicom-address 192.0.2.1 | 2 | --dicom-address 192.0.2.1 is no address of this machine
                NODE --dicom-address NOWHERE | 2 | --dicom-address NOWHERE cannot be looked up
                NODE --ae-title MORE-THAN-16-CHARACTERS | 2 | --ae-title
                NODE --peers F/peers.json | 2 | tls has to be true or false
                NODE --return-to PACS | 2 | --return-to
                NODE --tls-trust F/file | 2 | --tls-key
                NODE --tls-callers some | 2 | --tls-callers
                NODE --tls-key F/file --tls-password F/file --tls-callers certified | 2 | --tls-trust
                dicom-node --bootstrap-servers localhost:1 --incoming F/file --rules F/rules.json | 4 | F/file
                demo --no-such-option | 2 | --no-such-option
                """)
    void isToldInOneLine(String mistake, int code, String contains) {
        told(mistake, code, contains);
    }

    /** Nobody can write there, not even root; the scan, which is none, is not looked at. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anOutputThatCannotBeWrittenIsToldBeforeTheScanIsRead() {
        told("segment --input F/scan.nii --model F/model --output /proc/sys", 4, "/proc/sys: permission denied");
    }

    private void told(String mistake, int code, String contains) {
        String[] arguments = Arrays.stream(mistake.split(" "))
                .flatMap(word -> word.equals("NODE") ? Stream.of(NODE.split(" ")) : Stream.of(word))
                .map(MistakesTest::named)
                .toArray(String[]::new);

        int exit = Deformux.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);

        assertThat(err.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .contains(named(contains))
                .doesNotContain("\tat ", "Exception:");
        assertThat(exit).as(err.toString()).isEqualTo(code);
    }
}
