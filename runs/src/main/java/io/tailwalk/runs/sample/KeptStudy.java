package io.tailwalk.runs.sample;

import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.Identity;
import io.tailwalk.records.OutputFolder;
import io.tailwalk.runs.work.OutputFile;
import io.tailwalk.runs.work.RunState;
import io.tailwalk.runs.work.Study;
import io.tailwalk.runs.work.StudyOutcome;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** Studies whose results are kept in their folder while they run, so that they can be resumed. */
public final class KeptStudy {
  private KeptStudy() {}

  /**
   * Runs a study and writes its files.
   *
   * @param folder folder of the files; created
   * @param name name of the study and of its JSON file
   * @param run everything that determines the results
   * @param resume whether to resume an unfinished study, if there is one
   * @param completions whether the study needs the completions of its results
   * @param work the study, which passes its prompts through the results that are kept
   * @throws io.tailwalk.runs.work.InputException if the folder holds a study with another identity
   *     that is to be resumed, with what differs
   */
  public static StudyOutcome in(
      Path folder,
      String name,
      Identity run,
      boolean resume,
      boolean completions,
      Function<KeptResults, Study> work) {
    Path file = folder.resolve(name + ".json");
    if (resume && OutputFile.isFinished(file, run, () -> OutputFile.Recorded.read(file))) {
      return new StudyOutcome(RunState.WAS_FINISHED, 0, Optional.empty());
    }
    AtomicFiles.folder(folder);
    int kept = 0;
    try (KeptResults results = KeptResults.beside(file, run, resume, completions)) {
      try {
        Study study = work.apply(results).with(run);
        study.write(folder);
        results.finish();
        return new StudyOutcome(RunState.FINISHED, 0, Optional.of(study));
      } catch (CancellationException e) {
        kept = results.kept();
      }
    } finally {
      OutputFolder.removeIfEmpty(folder);
    }
    return new StudyOutcome(RunState.UNFINISHED, kept, Optional.empty());
  }
}
