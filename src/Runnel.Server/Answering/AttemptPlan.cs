using Runnel.Providers;
using Runnel.Server.Models;

namespace Runnel.Server.Answering;

/// <summary>
/// Which model is asked, and after a failure which next: the same one up to three times where that may help, then the one
/// that stands in for it, and none twice.
/// </summary>
internal sealed class AttemptPlan(ConfiguredModel first, ModelCatalog models)
{
    private const int TriesOfOneModel = 3;

    private readonly HashSet<ConfiguredModel> _asked = [first];
    private int _tries = 1;

    public ConfiguredModel Model { get; private set; } = first;

    /// <summary>The number of the attempt within the turn, from 1.</summary>
    public int Attempt { get; private set; } = 1;

    /// <summary>Moves on to the next attempt.</summary>
    /// <param name="fault">What ended the one before.</param>
    /// <param name="hasText">Whether it gave text, which would have to be withdrawn.</param>
    /// <returns>How long to wait before it; null when there is none.</returns>
    public TimeSpan? Next(ProviderException fault, bool hasText)
    {
        if (_tries < TriesOfOneModel && MayHelp(fault, hasText))
        {
            Attempt++;
            return Backoff.Wait(_tries++, fault.RetryAfter, Random.Shared.NextDouble());
        }

        if (hasText || !IsOfThisModel(fault) || models.StandInFor(Model) is not { } other || !_asked.Add(other))
            return null;
        (Model, _tries) = (other, 1);
        Attempt++;
        return TimeSpan.Zero;
    }

    private bool MayHelp(ProviderException fault, bool hasText)
    {
        var isPassing = hasText ? Model.RetriesAfterText && fault.IsRetryable && IsOfThisModel(fault) : fault.IsPassing;
        return isPassing && !(fault.RetryAfter > Backoff.LongestRetryAfter);
    }

    /// <summary>What a model declines is not carried to another until one takes it, and nobody makes time.</summary>
    private static bool IsOfThisModel(ProviderException fault) =>
        fault.Code is not (ProviderError.ContentRefused or ProviderError.TurnTimeout);
}
