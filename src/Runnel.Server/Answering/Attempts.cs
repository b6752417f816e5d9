using Runnel.Providers;
using Runnel.Server.Metrics;
using Runnel.Server.Models;

namespace Runnel.Server.Answering;

/// <summary>Which models are asked a question, told to whoever watches the server.</summary>
internal sealed partial class Attempts(ModelCatalog models, TurnMetrics metrics, ILogger<Attempts> log)
{
    public AttemptPlan Plan(Question question) => new(question.Model, models);

    /// <summary>Moves a plan on to the next attempt: how long to wait before it; null when there is none.</summary>
    public TimeSpan? Next(Question question, AttemptPlan plan, ProviderException fault, bool hasText)
    {
        var asked = plan.Model;
        if (plan.Next(fault, hasText) is not { } wait)
            return null;
        Again(log, question.Id, fault.WireCode, plan.Model.Name, wait);
        metrics.Again(fault.WireCode, isOther: plan.Model != asked, hasText);
        return wait;
    }

    [LoggerMessage(1, LogLevel.Information, "Turn or round {Id}: {Code}; asking {Model} in {Wait}.")]
    private static partial void Again(ILogger log, string id, string code, string model, TimeSpan wait);
}
