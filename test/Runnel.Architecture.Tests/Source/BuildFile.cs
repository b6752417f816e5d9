using System.Xml;
using System.Xml.Linq;

namespace Runnel.Architecture.Tests.Source;

/// <summary>A csproj, or a props or targets file.</summary>
internal sealed class BuildFile(SourceFile file)
{
    private readonly XElement root = XDocument.Parse(file.Text, LoadOptions.SetLineInfo).Root!;

    public SourceFile File => file;

    public string Name => file.Stem;

    public string RootNamespace => root.Descendants("RootNamespace").FirstOrDefault()?.Value ?? Name;

    public IEnumerable<BuildItem> ProjectReferences =>
        Items("ProjectReference").Select(item => item with { Include = NameOf(item.Include) });

    public IEnumerable<BuildItem> PackageReferences => Items("PackageReference");

    public IEnumerable<BuildItem> PackageVersions => Items("PackageVersion");

    public IEnumerable<BuildItem> InternalsVisibleTo => Items("InternalsVisibleTo");

    /// <summary>The Web SDK refers to ASP.NET without saying so.</summary>
    public IEnumerable<BuildItem> FrameworkReferences =>
        root.Attribute("Sdk")?.Value == "Microsoft.NET.Sdk.Web"
            ? Items("FrameworkReference").Prepend(new BuildItem("Microsoft.AspNetCore.App", LineOf(root), false))
            : Items("FrameworkReference");

    private IEnumerable<BuildItem> Items(string kind) =>
        from element in root.Descendants(kind)
        let include = element.Attribute("Include")?.Value
        where include is not null
        from name in include.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        select new BuildItem(name, LineOf(element), IsPrivate(element));

    private static bool IsPrivate(XElement element) =>
        string.Equals(
            element.Attribute("PrivateAssets")?.Value ?? element.Element("PrivateAssets")?.Value,
            "all",
            StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));

    private static int LineOf(XElement element) => ((IXmlLineInfo)element).LineNumber;
}
