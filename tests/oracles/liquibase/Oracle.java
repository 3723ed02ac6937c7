import java.io.StringWriter;
import java.nio.file.Paths;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.changelog.RanChangeSet;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.resource.DirectoryResourceAccessor;

/** Liquibase on one changelog: `sql FOLDER CHANGELOG URL…` prints what it would send, `run FOLDER CHANGELOG URL USER` runs it,
 * prints what ran, then goes all the way back and prints whether that worked. */
public class Oracle {
    public static void main(String[] words) throws Exception {
        DirectoryResourceAccessor files = new DirectoryResourceAccessor(Paths.get(words[1]));
        if (words[0].equals("sql")) {
            for (int at = 3; at < words.length; at++) {
                StringWriter sent = new StringWriter();
                System.out.println("==== " + words[at]);
                Database database = DatabaseFactory.getInstance().openDatabase(words[at], null, null, null, files);
                try (Liquibase liquibase = new Liquibase(words[2], files, database)) {
                    liquibase.update(new Contexts(), new LabelExpression(), sent);
                    System.out.println(sent);
                } catch (Exception error) {
                    System.out.println("!! " + error.getMessage().split("\n")[0]);
                }
            }
            return;
        }
        Database database = DatabaseFactory.getInstance().openDatabase(words[3], words[4], "", null, files);
        try (Liquibase liquibase = new Liquibase(words[2], files, database)) {
            if (words[0].equals("run")) {
                liquibase.update(new Contexts(), new LabelExpression());
                for (RanChangeSet one : database.getRanChangeSetList()) {
                    System.out.println("ran\t" + one.getExecType() + "\t" + one.getAuthor() + ":" + one.getId());
                }
            } else {
                liquibase.rollback(Integer.parseInt(words[5]), new Contexts(), new LabelExpression());
            }
        }
    }
}
