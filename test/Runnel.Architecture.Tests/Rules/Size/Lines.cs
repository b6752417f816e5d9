namespace Runnel.Architecture.Tests.Rules.Size;

internal static class Lines
{
    public static string Of(int count) => string.Concat(Enumerable.Repeat("// line\n", count));
}
