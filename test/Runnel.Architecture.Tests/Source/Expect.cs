namespace Runnel.Architecture.Tests.Source;

internal static class Expect
{
    public static void Clean(IRule rule, SourceTree tree)
    {
        Assert.NotEmpty(tree.Files);
        var violations = rule.Check(tree).Select(violation => violation.ToString()).ToList();
        Assert.True(
            violations.Count == 0,
            $"{rule.GetType().Name}: {violations.Count} violation(s)\n{string.Join('\n', violations)}");
    }

    /// <summary>The rule reports exactly these violations, each as <c>path:line: message</c>, in any order.</summary>
    public static void Reports(IRule rule, SourceTree tree, params string[] violations) =>
        Assert.Equal(
            violations.Order(StringComparer.Ordinal),
            rule.Check(tree).Select(violation => violation.ToString()).Order(StringComparer.Ordinal));
}
