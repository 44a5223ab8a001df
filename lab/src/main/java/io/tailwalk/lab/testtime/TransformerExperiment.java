package io.tailwalk.lab.testtime;

import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Verdict;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.torch.TorchEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * A small transformer trained by token steps, with and without updates at test time.
 *
 * @param settings seed; everything is computed on one thread
 * @param rates etas of training, each also that of the updates at test time
 * @param skills number of prompts
 * @param sequences T
 * @param perSkill held-out responses of each skill
 * @param factor rate at test time as a multiple of that of training; 1 but for checks
 */
public record TransformerExperiment(
    ExperimentSettings settings,
    List<Double> rates,
    int skills,
    int sequences,
    int perSkill,
    double factor)
    implements Experiment {
  static final int LENGTH = 16;
  static final double FAVOUR = 0.99;

  /** Keeps a copy. */
  public TransformerExperiment {
    rates = List.copyOf(rates);
  }

  /** The experiment at the scale of the settings. */
  public TransformerExperiment(ExperimentSettings settings) {
    this(
        settings,
        settings.scale().choose(List.of(0.003, 0.01, 0.03), List.of(0.001, 0.003, 0.01, 0.03, 0.1)),
        32,
        settings.scale().choose(512, 1024),
        settings.scale().choose(2, 8),
        1);
  }

  @Override
  public String name() {
    return "test-time-training-transformer";
  }

  @Override
  public String claim() {
    return "for a small transformer trained by one pass of token steps, the average over the"
        + " iterates has a lower KL at every rate of a grid, and in the mean over the rates a lower"
        + " Cov_"
        + (int) Course.LEVEL
        + ", with updates at test time at the rate of training than without them; this illustrates"
        + " Equations 21 to 23 of arXiv 2510.15020, whose Theorem 6.1 is about the average iterate"
        + " of linear models; the paper has no such experiment";
  }

  @Override
  public Finding run(Watch watch) {
    TorchEngine.useThreads(1);
    var task = new SkillTask(skills, LENGTH, FAVOUR, settings.seed());
    List<Course> courses = new ArrayList<>();
    for (double rate : rates) {
      watch.at(courses.size(), rates.size(), "rate " + rate);
      courses.add(Course.run(task, settings.seed(), sequences, perSkill, rate, factor, watch));
    }
    Verdict verdict = TransformerVerdict.of(courses);
    return Finding.of(
        this,
        verdict,
        TransformerPage.json(this, courses),
        TransformerPage.sections(this, courses, verdict));
  }
}
