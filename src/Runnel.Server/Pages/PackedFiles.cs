using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Runnel.Server.Pages;

/// <summary>Sends the packed copy of a file, which the build made, to browsers that take it.</summary>
internal static class PackedFiles
{
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();
    private static readonly (string Encoding, string Extension)[] Packings = [("br", ".br"), ("gzip", ".gz")];

    public static void UsePackedFiles(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/assets") && Extension(context.Request, files) is { } extension)
                context.Request.Path += extension;
            return next(context);
        });
    }

    /// <summary>All types that browsers know, and the packings, since what has no type is not served.</summary>
    public static FileExtensionContentTypeProvider KnownTypes()
    {
        var types = new FileExtensionContentTypeProvider();
        foreach (var (_, extension) in Packings)
            types.Mappings[extension] = "application/octet-stream";
        return types;
    }

    /// <summary>Says of a packed copy what it is a copy of.</summary>
    public static void Describe(StaticFileResponseContext context)
    {
        var (request, headers) = (context.Context.Request, context.Context.Response.Headers);
        if (!request.Path.StartsWithSegments("/assets"))
            return;
        headers.Vary = "Accept-Encoding";
        foreach (var (encoding, extension) in Packings)
        {
            if (request.Path.Value!.EndsWith(extension, StringComparison.Ordinal))
            {
                headers.ContentEncoding = encoding;
                if (ContentTypes.TryGetContentType(request.Path.Value[..^extension.Length], out var contentType))
                    headers.ContentType = contentType;
            }
        }
    }

    private static string? Extension(HttpRequest request, IFileProvider files)
    {
        // A part of a file is a part of the file as it is.
        if (request.Headers.Range.Count > 0)
            return null;
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return Packings
            .Where(packing => accepted.Any(one => one.Value == packing.Encoding && one.Quality is not 0))
            .Select(packing => packing.Extension)
            .FirstOrDefault(extension => files.GetFileInfo(request.Path + extension).Exists);
    }
}
