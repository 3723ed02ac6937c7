import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.configuration.ConfigUtils;
import org.flywaydb.core.internal.configuration.TomlUtils;

/** Migrates the database of the first argument as flyway.conf or flyway.toml of the working directory say. */
public class Run {
    public static void main(String[] arguments) throws Exception {
        FluentConfiguration configuration = Flyway.configure();
        if (new File("flyway.toml").exists()) {
            var model = TomlUtils.loadConfigurationFiles(java.util.List.of(new File("flyway.toml")));
            configuration.configuration(new ClassicConfiguration(model));
        }
        if (new File("flyway.conf").exists()) {
            configuration.configuration(ConfigUtils.loadConfigurationFromString(Files.readString(Path.of("flyway.conf"))));
        }
        Flyway flyway = configuration.dataSource(arguments[0], "postgres", "").load();
        int code = 0;
        try {
            flyway.migrate();
        } catch (FlywayException refused) {
            System.err.println(refused.getMessage());
            code = 1;
        }
        tell(flyway);
        System.exit(code);
    }

    private static void tell(Flyway flyway) {
        try {
            for (var one : flyway.info().applied()) {
                boolean ran = one.getState() == MigrationState.SUCCESS || one.getState() == MigrationState.BASELINE;
                if (ran && !one.getType().name().equals("SCHEMA")) {
                    System.out.println("applied: " + (one.getVersion() != null ? one.getVersion() : "R " + one.getDescription()));
                }
            }
        } catch (FlywayException again) {
            // It has been told already.
        }
    }
}
