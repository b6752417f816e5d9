namespace Runnel.Providers.Pacing;

/// <summary>Answers that are read again, one after the other on the thread pool, shared among as many work items as there are
/// cores: more would only take turns.</summary>
internal sealed class ResumedAnswers(List<PacedAnswer> answers, int first, int end) : IThreadPoolWorkItem
{
    /// <summary>So many are read sooner than another core is woken.</summary>
    private const int Few = 16;

    public static void Queue(List<PacedAnswer> answers)
    {
        var share = Math.Max(Few, (answers.Count - 1) / Environment.ProcessorCount + 1);
        for (var first = 0; first < answers.Count; first += share)
        {
            var end = Math.Min(first + share, answers.Count);
            ThreadPool.UnsafeQueueUserWorkItem(new ResumedAnswers(answers, first, end), preferLocal: false);
        }
    }

    public void Execute()
    {
        for (var i = first; i < end; i++)
            answers[i].Resume();
    }
}
