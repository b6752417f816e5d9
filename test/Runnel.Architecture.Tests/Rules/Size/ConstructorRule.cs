using Microsoft.CodeAnalysis.CSharp.Syntax;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Size;

/// <summary>Who needs many things does many things. Records, attributes and options are data, as wide as it is.</summary>
internal sealed class ConstructorRule : IRule
{
    private const int limit = 6;

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        from type in file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>()
        where !IsData(type)
        from parameters in ParametersOf(type)
        where parameters.Parameters.Count > limit
        select file.Breaks(
            this,
            parameters,
            $"{type.Identifier.ValueText} takes {parameters.Parameters.Count} parameters, at most {limit} are allowed");

    private static bool IsData(TypeDeclarationSyntax type) =>
        type is RecordDeclarationSyntax
        || type.Identifier.ValueText.EndsWith("Attribute", StringComparison.Ordinal)
        || type.Identifier.ValueText.EndsWith("Options", StringComparison.Ordinal);

    private static IEnumerable<ParameterListSyntax> ParametersOf(TypeDeclarationSyntax type)
    {
        var written = type.Members.OfType<ConstructorDeclarationSyntax>().Select(member => member.ParameterList);
        return type.ParameterList is null ? written : written.Prepend(type.ParameterList);
    }
}
