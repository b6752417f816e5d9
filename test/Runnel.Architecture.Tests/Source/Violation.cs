namespace Runnel.Architecture.Tests.Source;

internal sealed record Violation(string Rule, Place Place, string Message)
{
    public override string ToString() => $"{Place}: {Message}";
}
